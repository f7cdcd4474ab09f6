@NullMarked
package dev.whirl.sandbox.http;

import org.jspecify.annotations.NullMarked;
