/// Feeds of files that appear in a folder or in a bucket.
@NullMarked
package dev.whirl.feeds.files;

import org.jspecify.annotations.NullMarked;
