/// The small HTTP/1.1 transport below the client: plain and TLS sockets, kept open between calls.
///
/// Its own code, not the JDK's `HttpClient`: that one takes 200 ms of a command line's start, and the older
/// `HttpURLConnection` silently repeats a POST on a stale connection, which would invoke an action twice.
@NullMarked
package dev.whirl.client.http;

import org.jspecify.annotations.NullMarked;
