module com.example.newcomer {
  requires dev.tandem;
}
