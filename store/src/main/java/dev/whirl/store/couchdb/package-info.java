/// Stores in CouchDB, in OpenWhisk's own three databases: documents, attachments, design documents and views as it
/// has them (rows I-45 to I-48, A-1 to A-3), so that a database of OpenWhisk is served as it is, and OpenWhisk can
/// read what is written here.
///
/// - **Enter at** [dev.whirl.store.couchdb.CouchStores#open]; operators at [dev.whirl.store.couchdb.CouchDesign].
/// - **Rules:** every request has a deadline and a bound on its answer, and only so many are under way; what is
///   repeated is only what does the same when done twice. Secrets are in no message. CouchDB has no transactions:
///   what that means for changes of several documents is told in [dev.whirl.store.couchdb.EntityChange].
/// - **Must not know:** the REST API of the platform, who may do what, how actions run.
@NullMarked
package dev.whirl.store.couchdb;

import org.jspecify.annotations.NullMarked;
