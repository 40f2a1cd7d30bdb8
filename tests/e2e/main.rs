//! What Lexwatch promises its readers and operators, one module a promise, in the order in which a newcomer meets
//! them. `../README.md` tells how to add a test.

// Every article is read, kept once, and nothing that fails stops the rest.
mod ingest;
// What is edited after it was read is updated, and does not come a second time.
mod edits;
// Sources are asked politely and nothing private is ever read.
mod politeness;
// Whoever looks after the sources is told what is the matter with each, once.
mod health;
// The demo shows what is true: its pages come out clean, and are tagged as people would.
mod newsroom;
// A tag can be trusted: it comes with the words that led to it.
mod tags;
// What happened to a law and will is put together from all that was read, and nothing is averaged.
mod developments;
// People have the last word on tags, it is seen whose word it is, and readers are heard.
mod corrections;
// What is searched is found, and counted exactly.
mod search;
// What several outlets report is one story, told once and shown whole.
mod stories;
// A search is kept by keeping a link, and nobody else can make one up.
mod saved;
// While a reader types, the filters that may be meant are offered.
mod suggest;
// The pages say what there is, without script, and hostile text is inert.
mod site;
// The front page tells what is new since the moment that a reader chose, and what authorities did first.
mod today;
// Whatever headlines and authors are made of, they come out as text, everywhere.
mod hostile;
// Programs get what pages show.
mod api;
// Nothing twice, nothing missed, nothing that was not asked for.
mod briefing;
// Nobody gets mail who did not confirm, and whoever wants out is out.
mod subscribe;
// Nobody can have strangers showered with letters, or bury the people who read reports.
mod floods;
// Whoever asks in their own way, by HEAD, say, or by a link from a newsletter, gets an answer that they can use.
mod answers;
// What a form does, a reader did, and no other site's page.
mod forms;
// Behind a reverse proxy the site knows its address, and believes nobody else.
mod proxies;
// Whatever is deleted or cut short, nothing is lost but time.
mod recovery;
// A client that does not ask to the end holds up nobody.
mod connections;
// The shape of the code is what ARCHITECTURE.md says.
mod tidy;
