/// `wsk dev`: deploys a folder whenever something in it changes, and shows what its functions write.
@NullMarked
package dev.whirl.cli.dev;

import org.jspecify.annotations.NullMarked;
