/// Feeds of databases' changes (row F-13).
@NullMarked
package dev.whirl.feeds.couch;

import org.jspecify.annotations.NullMarked;
