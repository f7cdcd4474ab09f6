@NullMarked
package dev.whirl.server.admin;

import org.jspecify.annotations.NullMarked;
