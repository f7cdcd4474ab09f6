/// What a feed is: values, made of the parameters that users give, and the sentences for what is wrong with them.
@NullMarked
package dev.whirl.feeds.feed;

import org.jspecify.annotations.NullMarked;
