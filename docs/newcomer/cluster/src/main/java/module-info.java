module com.example.cluster {
  requires dev.tandem.cluster;
}
