/// Results as records, and their two forms: an aligned table for people, JSON for machines.
@NullMarked
package dev.whirl.bench.report;

import org.jspecify.annotations.NullMarked;
