/// `wsk rule`: ties triggers to actions (row L-14).
@NullMarked
package dev.whirl.cli.rule;

import org.jspecify.annotations.NullMarked;
