/// What is checked and changed before a request goes on: keys, tokens, rates, fields.
///
/// - **Rules:** decisions are pure; what costs time (a provider that is asked, keys that are fetched) is remembered for
///   a short time, and bounded.
@NullMarked
package dev.whirl.gateway.policy;

import org.jspecify.annotations.NullMarked;
