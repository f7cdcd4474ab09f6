/// Users, quotas and copies of the data, managed from outside with `whirl admin`; and HTTPS.
@NullMarked
package dev.whirl.e2e.admin;

import org.jspecify.annotations.NullMarked;
