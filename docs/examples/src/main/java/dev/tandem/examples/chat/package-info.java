/// A chat server with thousands of live connections, each served by plain blocking code on a
/// virtual thread of its own, and the clients to try it with.
@NullMarked
package dev.tandem.examples.chat;

import org.jspecify.annotations.NullMarked;
