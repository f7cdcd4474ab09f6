/// Adapter: Redis, with the keys that OpenWhisk's gateway has (row G-5).
@NullMarked
package dev.whirl.gateway.store.redis;

import org.jspecify.annotations.NullMarked;
