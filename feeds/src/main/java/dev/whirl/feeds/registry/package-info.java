/// What is stored of feeds: triggers and how far they are.
@NullMarked
package dev.whirl.feeds.registry;

import org.jspecify.annotations.NullMarked;
