/// Several controllers and invokers as processes of their own, over a real broker and a server that speaks CouchDB's
/// protocol, and what happens when one of them is gone.
@NullMarked
package dev.whirl.e2e.cluster;

import org.jspecify.annotations.NullMarked;
