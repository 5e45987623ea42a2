/* See statements.h. The order of the steps, and which entry of the timeline dates which statement. */
#include "story/disagreements.h"

#include "base/hash.h"

static uint64_t key_of(const dsr_carrier *carrier)
{
    return (uint64_t)carrier->report << 32 | carrier->sentence.start;
}

/* The statement that half of an entry's carriers and more tell. */
static uint32_t statement_of(const dsr_map *sentences, const dsr_timeline_entry *entry)
{
    uint32_t best = DSR_NO_STATEMENT;
    size_t most = 0, looked = entry->carriers.count < 16 ? entry->carriers.count : 16;
    for (size_t i = 0; i < looked; i++) {
        uint32_t statement = dsr_map_get(sentences, key_of(&entry->carriers.items[i]));
        size_t count = 0;
        for (size_t k = 0; statement != DSR_MAP_NONE && k < looked; k++) {
            count += dsr_map_get(sentences, key_of(&entry->carriers.items[k])) == statement;
        }
        if (count > most) {
            most = count;
            best = statement;
        }
    }
    return most * 2 >= looked ? best : DSR_NO_STATEMENT;
}

static dsr_status link_timeline(dsr_story *story)
{
    dsr_map *sentences = dsr_map_new(4 * story->statements.count + 16);
    dsr_status status = sentences != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < story->statements.count; i++) {
        const dsr_statement *statement = &story->statements.items[i];
        for (size_t c = 0; status == DSR_OK && c < statement->carriers.count; c++) {
            uint32_t first;
            status = dsr_map_intern(sentences, key_of(&statement->carriers.items[c].carrier), i, &first);
        }
    }
    for (size_t i = 0; status == DSR_OK && i < story->timeline.count; i++) {
        story->timeline.items[i].statement = statement_of(sentences, &story->timeline.items[i]);
    }
    dsr_map_drop(sentences);
    return status;
}

dsr_status dsr_statements_make(const dsr_lexicon *lexicon, dsr_arena *arena, dsr_story *story)
{
    dsr_arena *scratch = dsr_arena_new(0);
    if (scratch == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_statements s = {.arena = arena, .story = story};
    dsr_status status = dsr_told_open(&s.told, scratch, lexicon, story);
    if (status == DSR_OK) {
        status = dsr_statements_collect(&s);
    }
    if (status == DSR_OK) {
        status = dsr_statements_join(&s);
    }
    if (status == DSR_OK) {
        status = dsr_statements_write(&s);
    }
    if (status == DSR_OK) {
        status = dsr_disagreements_find(&s);
    }
    if (status == DSR_OK) {
        status = link_timeline(story);
    }
    dsr_told_close(&s.told);
    dsr_arena_drop(scratch);
    return status;
}
