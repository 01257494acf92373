/// Channels between threads. Nothing is exported yet: the module keeps its place and its name.
module dev.tandem.queues {}
