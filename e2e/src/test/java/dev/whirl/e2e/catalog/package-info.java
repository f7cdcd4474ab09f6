/// The packages in `whisk.system`: enter at [dev.whirl.e2e.catalog.CatalogCasesTest], whose cases lie beside the
/// actions; [dev.whirl.e2e.catalog.CatalogCallsTest] has those that need another server.
@NullMarked
package dev.whirl.e2e.catalog;

import org.jspecify.annotations.NullMarked;
