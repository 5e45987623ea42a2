/* The stage of the suite; see fixture.h. */
#include "fixture.h"

static int set_up(void **state, bool in_file)
{
    fixture *f = calloc(1, sizeof *f);
    dsr_error error;
    assert_non_null(f);
    make_folder(&f->folder);
    f->arena = dsr_arena_new(0);
    dsr_status status = in_file ? dsr_store_open_sqlite(f->folder.store, DSR_STORE_WRITE, &f->store, &error)
                                : dsr_store_open_memory("/tmp", &f->store, &error);
    assert_int_equal(status, DSR_OK);
    *state = f;
    return 0;
}

int set_up_memory(void **state)
{
    return set_up(state, false);
}

int set_up_sqlite(void **state)
{
    return set_up(state, true);
}

int tear_down(void **state)
{
    fixture *f = *state;
    dsr_store_close(f->store);
    dsr_arena_drop(f->arena);
    drop_folder(&f->folder);
    free(f);
    return 0;
}

dsr_slice slice(const char *text)
{
    return dsr_slice_of(text);
}

void assert_slice(dsr_slice s, const char *text)
{
    assert_int_equal(s.len, strlen(text));
    assert_memory_equal(s.ptr, text, s.len);
}

void assert_id(dsr_id id, dsr_id expected)
{
    assert_memory_equal(id.bytes, expected.bytes, sizeof id.bytes);
}

void put_with_id(dsr_store *store, const char *hex)
{
    dsr_error error;
    dsr_intake intake;
    dsr_id previous;
    dsr_store_report report = {.packed = DSR_SLICE("x")};
    assert_true(dsr_id_parse(slice(hex), &report.id));
    assert_int_equal(dsr_store_put_report(store, &report, &intake, &previous, &error), DSR_OK);
}

dsr_status see(void *context, const dsr_store_report *report)
{
    seen *s = context;
    assert_true(s->count < 32);
    assert_true(report->packed.len > 0);
    s->sequences[s->count] = report->sequence;
    s->ids[s->count++] = report->id;
    return s->count == s->stop_after ? DSR_ERR_CANCELLED : DSR_OK;
}

seen walk(dsr_store *store, uint64_t after, bool current_only)
{
    dsr_error error;
    seen s = {.count = 0};
    assert_int_equal(dsr_store_each_report(store, after, current_only, see, &s, &error), DSR_OK);
    return s;
}
