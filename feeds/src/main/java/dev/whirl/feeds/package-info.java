/// Feeds: sources of events that fire triggers (parts 5.3 to 5.6 of the rows).
///
/// - **Enter at** [dev.whirl.feeds.manage.FeedManagement] for what users ask for, and
///   [dev.whirl.feeds.provide.Provider] for what is done about it. They meet in the store only.
/// - **Rules:** decisions are functions of a feed, its position and the time; keys of users are in no log.
/// - **Must not know:** the controller, the HTTP server. Triggers are fired through the API like anybody's.
@NullMarked
package dev.whirl.feeds;

import org.jspecify.annotations.NullMarked;
