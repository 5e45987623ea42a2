/* Sentences, names and stems of a story's reports. See told.h. Must not know what is made of them. */
#include "story/told.h"

#include "base/hash.h"
#include "base/limits.h"

#include <stdlib.h>

static uint64_t key_of_kind(uint64_t hash, dsr_told_key_kind kind)
{
    uint64_t key = (hash & ~(uint64_t)3) | (uint64_t)kind;
    return key != 0 ? key : 4;
}

static dsr_told_place place_of(const dsr_report *report, dsr_span sentence)
{
    dsr_told_place place = DSR_TOLD_BODY;
    for (size_t i = 0; i < report->furniture.count; i++) {
        const dsr_furniture *f = &report->furniture.items[i];
        if (f->span.start >= sentence.end) {
            break;
        }
        bool within = f->span.start <= sentence.start && f->span.end > sentence.start;
        if (!within || f->kind == DSR_FURNITURE_DATELINE) {
            continue;
        }
        bool title = f->kind == DSR_FURNITURE_HEADLINE || f->kind == DSR_FURNITURE_STANDFIRST ||
                     f->kind == DSR_FURNITURE_SUBHEAD;
        place = title ? DSR_TOLD_HEADING : DSR_TOLD_NOWHERE;
    }
    return place;
}

static dsr_status number_sentences(dsr_told *told)
{
    size_t reports = told->story->reports.count, count = 0;
    told->first_sentence = dsr_arena_alloc_array(told->arena, reports + 1, sizeof *told->first_sentence);
    if (told->first_sentence == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < reports; i++) {
        told->first_sentence[i] = (uint32_t)count;
        count += told->story->reports.items[i].report->sentences.count;
    }
    told->first_sentence[reports] = (uint32_t)count;
    told->copy_of = dsr_arena_alloc_array(told->arena, count + 1, sizeof *told->copy_of);
    told->twin_of = dsr_arena_alloc_array(told->arena, count + 1, sizeof *told->twin_of);
    told->place = dsr_arena_alloc(told->arena, count + 1);
    if (told->copy_of == NULL || told->twin_of == NULL || told->place == NULL || count >= UINT32_MAX) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < reports; i++) {
        const dsr_report *report = told->story->reports.items[i].report;
        for (uint32_t s = 0; s < report->sentences.count; s++) {
            uint32_t number = told->first_sentence[i] + s;
            told->copy_of[number] = told->twin_of[number] = number;
            told->place[number] = (uint8_t)place_of(report, report->sentences.items[s]);
        }
    }
    return DSR_OK;
}

/* Ids of the cast's members -> the cast. */
static dsr_status know_cast(dsr_told *told)
{
    told->cast = dsr_map_new(told->story->cast.count);
    dsr_status status = told->cast != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < told->story->cast.count; i++) {
        const dsr_cast_entry *entry = &told->story->cast.items[i];
        for (size_t m = 0; status == DSR_OK && m < entry->members.count; m++) {
            uint32_t first;
            status = dsr_map_intern(told->cast, dsr_hash64(entry->members.items[m].entity, 0), i, &first);
        }
    }
    return status;
}

dsr_status dsr_told_open(dsr_told *told, dsr_arena *scratch, const dsr_lexicon *lexicon,
                         const dsr_story *story)
{
    *told = (dsr_told){.arena = scratch, .lexicon = lexicon, .story = story};
    dsr_status status = number_sentences(told);
    if (status == DSR_OK) {
        status = know_cast(told);
    }
    if (status == DSR_OK) {
        status = dsr_told_rank(told);
    }
    return status == DSR_OK ? dsr_told_tie(told) : status;
}

void dsr_told_close(dsr_told *told)
{
    dsr_map_drop(told->cast);
    dsr_stemmer_close(told->stemmer);
    told->cast = NULL;
    told->stemmer = NULL;
}

uint32_t dsr_told_sentence(const dsr_told *told, uint32_t report, uint32_t at)
{
    const dsr_report *r = told->story->reports.items[report].report;
    size_t low = 0, high = r->sentences.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->sentences.items[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool inside = low < r->sentences.count && r->sentences.items[low].start <= at;
    return inside ? told->first_sentence[report] + (uint32_t)low : UINT32_MAX;
}

dsr_span dsr_told_span(const dsr_told *told, uint32_t report, uint32_t sentence)
{
    return told->story->reports.items[report]
        .report->sentences.items[sentence - told->first_sentence[report]];
}

dsr_status dsr_told_read(dsr_told *told, uint32_t report)
{
    dsr_slice language = told->story->reports.items[report].report->meta.language;
    if (told->terms != NULL && dsr_slice_equal(language, told->language)) {
        return DSR_OK;
    }
    dsr_stemmer_close(told->stemmer);
    told->stemmer = NULL;
    told->language = language;
    told->terms = dsr_lexicon_terms(told->lexicon, language);
    return dsr_stemmer_open(language, &told->stemmer);
}

/* ---- keys ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool tells_nothing(const dsr_told *told, dsr_slice folded)
{
    if (dsr_lexicon_has(told->lexicon, told->language, DSR_WORDS_STOP, folded) ||
        dsr_lexicon_has(told->lexicon, told->language, DSR_WORDS_CUE, folded) || is_digit(folded.ptr[0])) {
        return true;
    }
    const dsr_term *term = told->terms != NULL ? dsr_terms_find(told->terms, folded) : NULL;
    return term != NULL && (term->number != DSR_NUMBER_NONE || term->time != DSR_TIMEWORD_NONE ||
                            (term->cue != DSR_CUE_NONE && term->cue != DSR_CUE_PAST));
}

static uint64_t key_of_folded(dsr_told *told, dsr_slice folded)
{
    uint32_t kin = dsr_lexicon_kin(told->lexicon, told->language, folded);
    if (kin > 0) {
        return key_of_kind(dsr_hash_mix(kin), DSR_TOLD_KIN);
    }
    dsr_slice stem;
    if (dsr_stem(told->stemmer, folded, &stem) != DSR_OK) {
        stem = folded;
    }
    return key_of_kind(dsr_hash64(stem, 0), DSR_TOLD_STEM);
}

uint64_t dsr_told_key(dsr_told *told, dsr_slice word)
{
    char room[DSR_STEM_WORD_BYTES];
    dsr_slice folded = {room, dsr_stem_fold(word, room)};
    return folded.len < 2 || tells_nothing(told, folded) ? 0 : key_of_folded(told, folded);
}

uint64_t dsr_told_cue_key(dsr_told *told, dsr_slice word)
{
    char room[DSR_STEM_WORD_BYTES];
    dsr_slice folded = {room, dsr_stem_fold(word, room)};
    if (folded.len < 2 || dsr_lexicon_has(told->lexicon, told->language, DSR_WORDS_STOP, folded)) {
        return 0;
    }
    const dsr_term *term = told->terms != NULL ? dsr_terms_find(told->terms, folded) : NULL;
    bool cue = dsr_lexicon_has(told->lexicon, told->language, DSR_WORDS_CUE, folded) ||
               (term != NULL && (term->cue == DSR_CUE_FUTURE || term->cue == DSR_CUE_PRESENT));
    return cue ? key_of_folded(told, folded) : 0;
}

uint64_t dsr_told_head(dsr_told *told, dsr_slice phrase)
{
    uint64_t head = 0;
    dsr_slice rest = phrase, word;
    while (dsr_stem_next_word(&rest, &word)) {
        char room[DSR_STEM_WORD_BYTES];
        dsr_slice folded = {room, dsr_stem_fold(word, room)};
        if (folded.len < 2) {
            continue;
        }
        if (head != 0 && dsr_lexicon_has(told->lexicon, told->language, DSR_WORDS_STOP, folded)) {
            break;
        }
        head = key_of_folded(told, folded);
    }
    return head;
}

/* Ids of countries are "gpe-" and two letters. */
static bool is_site(const dsr_report *report, const dsr_name *name)
{
    enum { COUNTRY_ID = 6 };
    bool place = name->type == DSR_NAME_GPE || name->type == DSR_NAME_LOC || name->type == DSR_NAME_FAC;
    return place && name->metonym_for >= report->entities.count &&
           report->entities.items[name->entity].id.len != COUNTRY_ID;
}

static uint64_t key_of_name(const dsr_told *told, const dsr_report *report, const dsr_name *name)
{
    uint32_t entity = name->metonym_for < report->entities.count ? name->metonym_for : name->entity;
    if (entity >= report->entities.count) {
        return 0;
    }
    uint64_t id = dsr_hash64(report->entities.items[entity].id, 0);
    uint32_t cast = dsr_map_get(told->cast, id);
    return key_of_kind(cast != DSR_MAP_NONE ? dsr_hash_mix(cast) : id,
                       is_site(report, name) ? DSR_TOLD_SITE : DSR_TOLD_NAME);
}

uint64_t dsr_told_cast_key(uint32_t cast, dsr_told_key_kind kind)
{
    return key_of_kind(dsr_hash_mix(cast), kind);
}

uint64_t dsr_told_name_key(const dsr_told *told, const dsr_report *report, const dsr_name *name)
{
    return key_of_name(told, report, name);
}

uint64_t dsr_told_entity_key(const dsr_told *told, const dsr_report *report, uint32_t entity)
{
    if (entity >= report->entities.count) {
        return 0;
    }
    dsr_name name = {
        .type = report->entities.items[entity].type, .entity = entity, .metonym_for = DSR_NO_ENTITY};
    return key_of_name(told, report, &name);
}

uint32_t dsr_told_share(const dsr_told_keys *a, const dsr_told_keys *b, dsr_told_key_kind kind)
{
    uint32_t shared = 0;
    for (uint32_t i = 0, k = 0; i < a->count && k < b->count;) {
        uint64_t x = a->items[i], y = b->items[k];
        shared += x == y && (x & 3) == (uint64_t)kind;
        i += x <= y;
        k += y <= x;
    }
    return shared;
}

static int by_key(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void put_key(dsr_told_keys *keys, uint64_t key)
{
    if (key != 0 && keys->count < DSR_LIMIT_TOLD_KEYS) {
        keys->items[keys->count++] = key;
    }
}

/* A part of an address or of somebody's name on a network: "example" in "example.org", "@example". */
static bool is_address(dsr_slice text, size_t start, size_t end)
{
    char before = start > 0 ? text.ptr[start - 1] : ' ';
    bool joined = end + 1 < text.len && text.ptr[end] == '.' && (text.ptr[end + 1] | 0x20) >= 'a' &&
                  (text.ptr[end + 1] | 0x20) <= 'z' && end - start > 1;
    bool behind = before == '.' && start > 1 && text.ptr[start - 2] != '.' && text.ptr[start - 2] != ' ' &&
                  end - start > 1;
    return before == '@' || before == '/' || joined || behind;
}

static void put_words(dsr_told *told, const dsr_report *report, dsr_span part, dsr_span without,
                      dsr_told_keys *keys)
{
    dsr_slice rest = dsr_slice_part(report->text, part.start, part.end), word;
    while (keys->count < DSR_LIMIT_TOLD_KEYS && dsr_stem_next_word(&rest, &word)) {
        size_t at = (size_t)(word.ptr - report->text.ptr);
        if ((at < without.start || at >= without.end) && !is_address(report->text, at, at + word.len)) {
            put_key(keys, dsr_told_key(told, word));
        }
    }
}

static size_t first_name(const dsr_report *report, uint32_t at)
{
    size_t low = 0, high = report->names.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->names.items[middle].span.start < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

dsr_status dsr_told_keys_take(dsr_told *told, uint32_t report, dsr_span part, dsr_span without,
                              dsr_told_keys *out)
{
    const dsr_report *r = told->story->reports.items[report].report;
    uint64_t room[DSR_LIMIT_TOLD_KEYS];
    dsr_told_keys keys = {room, 0};
    uint32_t at = part.start;
    for (size_t i = first_name(r, part.start); i < r->names.count; i++) {
        const dsr_name *name = &r->names.items[i];
        if (name->span.start >= part.end) {
            break;
        }
        put_words(told, r, (dsr_span){at, name->span.start}, without, &keys);
        put_key(&keys, key_of_name(told, r, name));
        at = name->span.end;
    }
    if (at < part.end) {
        put_words(told, r, (dsr_span){at, part.end}, without, &keys);
    }
    qsort(room, keys.count, sizeof *room, by_key);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < keys.count; i++) {
        if (kept == 0 || room[kept - 1] != room[i]) {
            room[kept++] = room[i];
        }
    }
    out->items = dsr_arena_alloc_array(told->arena, kept + 1, sizeof *out->items);
    if (out->items == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < kept; i++) {
        out->items[i] = room[i];
    }
    out->count = kept;
    return DSR_OK;
}
