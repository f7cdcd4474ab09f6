/// What users do with feeds: the lifecycle of row F-2.
@NullMarked
package dev.whirl.feeds.manage;

import org.jspecify.annotations.NullMarked;
