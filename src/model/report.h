/* One report: what was read, and what was found in it. Plain data; everything a record points to lives in the
 * arena it was made in. All spans are byte positions in `text`, on character boundaries, ordered by start. */
#ifndef DSR_MODEL_REPORT_H
#define DSR_MODEL_REPORT_H

#include "base/hash.h"
#include "model/moment.h"

/* A run of `text`, in bytes, end exclusive. */
typedef struct dsr_span {
    uint32_t start, end;
} dsr_span;

/* A run of the source, in bytes. A type of its own, so that the two cannot be mixed. */
typedef struct dsr_source_span {
    uint64_t start, end;
} dsr_source_span;

/* An id: 128 bits of SHA-256, shown as 32 hex digits. All zero: none. */
typedef struct dsr_id {
    uint8_t bytes[16];
} dsr_id;
enum { DSR_ID_TEXT = 33 };
void dsr_id_format(dsr_id id, char out[DSR_ID_TEXT]);
bool dsr_id_parse(dsr_slice hex, dsr_id *out); /* false where it is not 32 hex digits */
int dsr_id_compare(dsr_id a, dsr_id b);
bool dsr_id_is_none(dsr_id id);

/* How `text` and source correspond over a stretch. */
typedef struct dsr_source_map_run {
    dsr_span text;
    dsr_source_span source;
    /* 0: byte for byte. n > 0: each character of the text takes n bytes of the source. DSR_MAP_WHOLE: the
     * stretches correspond as wholes only (an escape "\u2014", a character reference, a run of white space).
     */
    uint8_t unit;
} dsr_source_map_run;
enum { DSR_MAP_WHOLE = 255 };
/* The source bytes of one character of the text (given by any of its bytes): false where the map has no run
 * there. */
bool dsr_source_map_find(const dsr_source_map_run *runs, size_t count, dsr_slice text, uint32_t at,
                         dsr_source_span *out);

typedef enum dsr_furniture_kind {
    DSR_FURNITURE_HEADLINE,
    DSR_FURNITURE_STANDFIRST,
    DSR_FURNITURE_BYLINE,
    DSR_FURNITURE_PUBLISHED,
    DSR_FURNITURE_DATELINE,
    DSR_FURNITURE_CAPTION,
    DSR_FURNITURE_CREDIT,
    DSR_FURNITURE_READMORE,
    DSR_FURNITURE_ADVERT,
    DSR_FURNITURE_APP_PROMO,
    DSR_FURNITURE_SUBSCRIPTION,
    DSR_FURNITURE_ACCOUNT_FORM,
    DSR_FURNITURE_SOURCE_CREDIT,
    DSR_FURNITURE_LIVE_STORY,
    DSR_FURNITURE_READ_TIME,
    DSR_FURNITURE_SUBHEAD,
    DSR_FURNITURE_SHARE,
    DSR_FURNITURE_OTHER,
    DSR_FURNITURE_KINDS
} dsr_furniture_kind;
const char *dsr_furniture_kind_name(dsr_furniture_kind kind); /* as in the contract: "headline" ... */
bool dsr_furniture_kind_parse(dsr_slice name, dsr_furniture_kind *out);

typedef struct dsr_furniture {
    dsr_span span;
    dsr_furniture_kind kind;
} dsr_furniture;

typedef enum dsr_quote_kind {
    DSR_QUOTE_DIRECT,
    DSR_QUOTE_PARTIAL,
    DSR_QUOTE_INDIRECT,
    DSR_QUOTE_SCARE
} dsr_quote_kind;
const char *dsr_quote_kind_name(dsr_quote_kind kind);

/* A quotation. The span includes its marks. Speakers, cues and confidence join this struct with the layer
 * that finds them. */
typedef struct dsr_quote {
    dsr_span span;
    dsr_quote_kind kind;
    uint32_t quotation; /* parts of one quotation share the number */
} dsr_quote;

typedef enum dsr_name_type {
    DSR_NAME_PER,
    DSR_NAME_ORG,
    DSR_NAME_GPE,   /* countries, states, provinces, cities, towns */
    DSR_NAME_LOC,   /* other places: regions, seas, mountains */
    DSR_NAME_FAC,   /* buildings, airports, roads */
    DSR_NAME_NORP,  /* nationalities, peoples, religions, political colours */
    DSR_NAME_EVENT, /* wars, storms, cups, summits */
    DSR_NAME_TYPES
} dsr_name_type;
const char *dsr_name_type_name(dsr_name_type type); /* "PER" ... */
bool dsr_name_type_parse(dsr_slice name, dsr_name_type *out);

/* Who or what the report names. `id` comes from content: of a place or body that the gazetteers know its own
 * ("gpe-ru"), else a key of its fullest name that other spellings share. Ids differ within a report. */
typedef struct dsr_entity {
    dsr_slice id;
    dsr_slice canonical; /* the fullest name in the report, or the gazetteer's */
    dsr_name_type type;
} dsr_entity;
#define DSR_NO_ENTITY UINT32_MAX

/* A name in the text: without title, article and possessive 's. */
typedef struct dsr_name {
    dsr_span span;
    dsr_name_type type;
    uint32_t entity;      /* index into entities */
    uint32_t metonym_for; /* the state for whose government a capital stands; DSR_NO_ENTITY */
} dsr_name;

typedef enum dsr_reference_kind {
    DSR_REFERENCE_ROLE, /* "the Ukrainian leader" */
    DSR_REFERENCE_PRONOUN,
    DSR_REFERENCE_KINDS
} dsr_reference_kind;
const char *dsr_reference_kind_name(dsr_reference_kind kind); /* "role" "pronoun" */

/* Words that stand for an entity and are no name. */
typedef struct dsr_reference {
    dsr_span span;
    dsr_reference_kind kind;
    uint32_t entity;
} dsr_reference;

/* What the text says that somebody is: "Deputy Foreign Minister" beside a name. Without the name. */
typedef struct dsr_role {
    dsr_span span;
    uint32_t entity;
} dsr_role;

/* Where the text itself names whose report it is. `agency` without a value: agencies that are not named ("and
 * agencies"). */
typedef struct dsr_credit {
    dsr_span span;
    dsr_slice agency;
} dsr_credit;

typedef enum dsr_origin {
    DSR_FROM_UNKNOWN,
    DSR_FROM_METADATA, /* the source's own fields, or a row of --meta */
    DSR_FROM_TEXT,
    DSR_FROM_OPTION,
    DSR_FROM_INFERRED
} dsr_origin;
const char *dsr_origin_name(dsr_origin origin); /* "unknown" "metadata" "text" "option" "inferred" */

typedef DSR_LIST(dsr_slice) dsr_slices;

typedef struct dsr_source {
    dsr_slice path;   /* as given; of a file in a folder: folder "/" rest; "-" for standard input */
    dsr_slice record; /* inside a container: the item's own id, else its line number; else no value */
    dsr_slice guid;   /* the item's own id, where it states one; part of the key */
    dsr_slice url;
    dsr_slice format;      /* "text" "jsonl" ... */
    dsr_slice encoding;    /* "UTF-8", "windows-1252" ... */
    dsr_digest sha256;     /* of the raw bytes: the file's or the record's */
    dsr_slices more_paths; /* other places where the same bytes were found (from the store) */
} dsr_source;

typedef struct dsr_meta {
    dsr_slice headline;
    dsr_origin headline_from;
    dsr_slice
        headline_why; /* of each fact that a page states: the place it was taken from; may have no value */
    dsr_slice outlet;
    dsr_origin outlet_from;
    dsr_slice outlet_why;
    dsr_slices agencies; /* names as in the outlets table ("AFP"), each once, in order of appearance */
    dsr_origin agencies_from;
    dsr_slices authors;
    dsr_slice authors_why;
    dsr_slice section; /* "World"; as the page states it */
    dsr_slice section_why;
    dsr_slice canonical; /* the address that the page gives as its own */
    dsr_slice canonical_why;
    dsr_moment modified; /* no value where none is stated */
    dsr_slice modified_why;
    dsr_slice dateline; /* the place: "Moscow" */
    dsr_moment published;
    dsr_origin published_from;
    dsr_slice published_why; /* one phrase: the words it was taken from, or the field's name */
    dsr_slice language;      /* "en", "de" ... ISO 639-1; "und" where it cannot be told */
} dsr_meta;

/* What a stretch of the text was in the source's own layout. */
typedef enum dsr_block_kind {
    DSR_BLOCK_PARAGRAPH,
    DSR_BLOCK_HEADING,
    DSR_BLOCK_LIST_ITEM,
    DSR_BLOCK_QUOTATION, /* set off as a block */
    DSR_BLOCK_CAPTION,
    DSR_BLOCK_TABLE_ROW,
    DSR_BLOCK_PREFORMATTED,
    DSR_BLOCK_KINDS
} dsr_block_kind;
const char *dsr_block_kind_name(dsr_block_kind kind); /* "paragraph" "heading" "list_item" "quotation" ... */

enum { DSR_BLOCK_LEVELS = 32 };
typedef struct dsr_block {
    dsr_span span;
    dsr_block_kind kind;
    uint8_t level; /* headings: 1 to 6; list items: how deep, from 1; else 0 */
} dsr_block;

/* A part of the source that did not become text, and why. */
typedef struct dsr_left_part {
    dsr_source_span source; /* bytes of the decoded source: from its first character to its last */
    uint32_t words;
    dsr_slice why;   /* "navigation", "related links" ... */
    dsr_slice start; /* its first words */
} dsr_left_part;

typedef struct dsr_report {
    dsr_id id;
    dsr_id key; /* what identifies it at its source whatever its bytes; none where it states nothing */
    dsr_source source;
    dsr_meta meta;
    dsr_slice text;
    DSR_LIST(dsr_source_map_run) source_map;
    DSR_LIST(dsr_block) blocks;   /* in order, disjoint; none where the source has no layout of its own */
    DSR_LIST(dsr_left_part) left; /* at most DSR_LIMIT_LEFT_PARTS; not kept in a store */
    bool labelled; /* `furniture` was filled by the reader, from the layout; clean adds to it */
    DSR_LIST(dsr_furniture) furniture; /* spans do not overlap */
    DSR_LIST(dsr_span) sentences;
    DSR_LIST(dsr_entity)
    entities;                 /* in the order in which the text first names them; those that it does not
                                 name (the state of a capital) come last */
    DSR_LIST(dsr_name) names; /* spans do not overlap */
    DSR_LIST(dsr_reference) references; /* spans do not overlap each other; a role may hold names */
    DSR_LIST(dsr_role) roles;           /* in order of start */
    DSR_LIST(dsr_quote) quotes;
    DSR_LIST(dsr_credit) credits;
    dsr_slices warnings;
} dsr_report;

/* Adds a warning (printf into the arena); past DSR_LIMIT_WARNINGS the last says that there are more. Equal
 * ones count once. */
dsr_status dsr_report_warn(dsr_arena *arena, dsr_report *report, const char *format, ...)
    DSR_FORMAT(3, 4) DSR_MUST_CHECK;
/* Sets id and key from source (url, guid with `outlet`, sha256), as the contract's "Ids" says. `outlet` is
 * what the source states or the user said, never what was found in the text; may have no value. */
void dsr_report_identify(dsr_report *report, dsr_slice outlet);
/* Whether everything in the record keeps its promises: spans in range, ordered, on character boundaries,
 * source map ascending, kinds known. What a store lends is checked with it. On failure *what names the first
 * broken promise. */
bool dsr_report_is_sound(const dsr_report *report, const char **what);

#endif
