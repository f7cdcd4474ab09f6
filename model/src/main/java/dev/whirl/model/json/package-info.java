/// JSON: text that is passed on unparsed, and the codecs of the vocabulary.
@NullMarked
package dev.whirl.model.json;

import org.jspecify.annotations.NullMarked;
