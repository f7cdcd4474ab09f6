/// Certificates: those that a listener shows, and those that a client trusts. All files are PEM.
@NullMarked
package dev.whirl.common.tls;

import org.jspecify.annotations.NullMarked;
