/// Calls to other servers: controllers, identity providers.
@NullMarked
package dev.whirl.gateway.http;

import org.jspecify.annotations.NullMarked;
