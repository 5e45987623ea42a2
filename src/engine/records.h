/* What the store keeps of each placed report and of each story, as bytes and back. Private to engine. */
#ifndef DSR_ENGINE_RECORDS_H
#define DSR_ENGINE_RECORDS_H

#include "engine/engine.h"
#include "store/store.h"
#include "story/stream.h"

/* The families of chunks. Numbers in keys are four bytes, the big end first. */
enum {
    DSR_RECORD_STATE = DSR_CHUNKS_ENGINE, /* one chunk: how far placing has come */
    DSR_RECORD_PLACE,                     /* sequence -> dsr_place */
    DSR_RECORD_COPIES,                    /* sequence -> earlier reports that share text */
    DSR_RECORD_STORY_ID,                  /* id -> number of the story */
    DSR_RECORD_MERGED,                    /* number -> number of the story into which it was merged */
    DSR_RECORD_LESSON,                    /* outlet, sequence -> what the page teaches */
    DSR_RECORD_LEARNT,                    /* outlet -> what its pages taught */
    DSR_RECORD_TAUGHT,                    /* outlet -> how many lessons it has */
    DSR_RECORD_SEEN,                      /* hash of a raw input -> the report that it became */
    DSR_RECORD_CORRECTION,                /* number -> correction (model/correction.h) */
    DSR_RECORD_WORDS,                     /* finder.h: block, bucket, part -> reports by word */
    DSR_RECORD_WORDS_TAIL,                /* sequence -> words of a report that is in no block yet */
    DSR_RECORD_EDITS,                     /* sequence -> how each of its copies was edited, in their order */
    DSR_RECORD_WORDS_STATE                /* one chunk: how far the index of words has come */
};

typedef struct dsr_record_key {
    char bytes[4];
} dsr_record_key;
dsr_record_key dsr_record_key_make(uint32_t number);
dsr_slice dsr_record_key_slice(const dsr_record_key *key);
uint32_t dsr_record_key_read(dsr_slice key); /* 0 where it is none */

/* Where a report was put, and why. */
typedef struct dsr_record_place {
    dsr_id report;
    uint32_t story; /* where it was put or moved to; what was merged since leads on; 0: taken out */
    bool moved;     /* another story than that of the decision */
    dsr_stream_decision decision;
} dsr_record_place;
void dsr_record_pack_place(dsr_buffer *to, const dsr_record_place *place);
bool dsr_record_unpack_place(dsr_slice packed, dsr_record_place *out);

/* An earlier report that shares text with a later one; shares in thousandths. */
typedef struct dsr_record_copy {
    uint32_t earlier;
    uint32_t share_of_earlier, share_of_later;
    uint32_t words, words_quoted;
    dsr_direction direction; /* from the one that reads as the source */
    bool earlier_is_source;
    bool wrong; /* somebody says that it is none: it ties nobody */
    uint32_t
        edits[DSR_EDIT_KINDS]; /* of each kind, from the one that reads as the source; packed by themselves */
} dsr_record_copy;
typedef DSR_LIST(dsr_record_copy) dsr_record_copies;
void dsr_record_pack_copies(dsr_buffer *to, const dsr_record_copies *copies);
/* In `arena`. False where it is damaged; DSR_ERR_MEMORY. */
dsr_status dsr_record_unpack_copies(dsr_arena *arena, dsr_slice packed, dsr_record_copies *out,
                                    bool *good) DSR_MUST_CHECK;

/* The edits of a list of copies; a store that an earlier version wrote has none. Unpacks into a list that was
 * unpacked before; false where both do not fit. */
void dsr_record_pack_edits(dsr_buffer *to, const dsr_record_copies *copies);
bool dsr_record_unpack_edits(dsr_slice packed, dsr_record_copies *copies);

/* What a story knows of a report of its own without opening it. */
typedef struct dsr_record_member {
    uint32_t sequence;
    uint32_t outlet; /* a hash; 0: unknown */
    bool has_headline, dated, has_copies;
    int64_t earliest, latest; /* where dated */
} dsr_record_member;

/* A story's packed record: the summary, then its members in their order. */
typedef struct dsr_record_story {
    dsr_story_summary summary;
    uint32_t headline_from; /* sequence */
    DSR_LIST(dsr_record_member) members;
} dsr_record_story;
void dsr_record_pack_story(dsr_buffer *to, const dsr_record_story *story);
/* Headline and members in `arena`. DSR_ERR_STORE, DSR_ERR_VERSION, DSR_ERR_MEMORY. */
dsr_status dsr_record_unpack_story(dsr_arena *arena, const dsr_store_story *stored, dsr_record_story *out,
                                   dsr_error *error) DSR_MUST_CHECK;

#endif
