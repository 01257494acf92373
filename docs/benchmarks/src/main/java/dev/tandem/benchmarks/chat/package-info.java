/// 10,000 live connections to a chat server: server, client and the comparison with asyncio.
@NullMarked
package dev.tandem.benchmarks.chat;

import org.jspecify.annotations.NullMarked;
