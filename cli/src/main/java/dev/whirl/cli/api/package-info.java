/// `wsk api`: creates and reads APIs of the gateway (rows L-18, L-19, G-6).
@NullMarked
package dev.whirl.cli.api;

import org.jspecify.annotations.NullMarked;
