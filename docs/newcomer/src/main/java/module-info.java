module com.example.newcomer {
  requires dev.tandem;

  exports com.example.newcomer to
      dev.tandem; // workers call an interface of it
}
