/// Structured task scopes. Nothing is exported yet: the module keeps its place and its name.
module dev.tandem.structured {
  requires transitive dev.tandem.core;
}
