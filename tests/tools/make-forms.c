// SPDX-License-Identifier: MIT
// make-forms COUNT: fills the ledger in the working directory with settled and open repairs of the
// two years before 2026-11-20, as the commands would have recorded them. For measurements; no
// fsync, no lock.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "data/time.h"

enum { DAYS = 730, DAY = 86400, UNSETTLED_DAYS = 3 };

static const char *const says[] = {
	"厨房下水道堵塞，水已漫到客厅。\n  下午两点后家里有人，请先打电话。",
	"客厅灯坏了，换过灯泡还是不亮。\n  晚上六点以后在家。",
	"卫生间水管漏水，楼下已经上来敲门。\n  请尽快派人。",
};

static void at(struct buf *out, const struct zone *zone, const char *key, int64_t instant)
{
	buf_addf(out, "%s: \"", key);
	time_format(zone, instant, out);
	buf_adds(out, "\"\n");
}

static void head(struct buf *out, const struct zone *zone, const char *event, int seq, int64_t when,
		 const char *by)
{
	buf_addf(out, "---\nevent: %s\nseq: %d\n", event, seq);
	if (seq > 1)
		buf_adds(out, "site: YL\n");
	if (seq > 1) {
		at(out, zone, "at", when);
		buf_addf(out, "by: %s\n", by);
	}
}

static void form(struct buf *out, const struct zone *zone, const char *id, long n, int64_t opened,
		 bool settled)
{
	head(out, zone, "opened", 1, opened, "lihua");
	buf_addf(out, "id: %s\nsite: YL\n", id);
	at(out, zone, "at", opened);
	buf_addf(
		out,
		"by: lihua\nkind: repair\ncategory: drain\nseverity: ordinary\ncharging: "
		"paid\ndepartment: engineering\n"
		"customer:\n  unit: \"%ld-%ld01\"\n  name: 王女士\n  phone: \"139%08ld\"\nchannel: "
		"phone\ntext: |2-\n  %s\n"
		"due:\n  - id: done\n    rule: usual\n    clause: H3.4-6\n",
		n % 20 + 1, n % 30 + 1, n % 100000000, says[n % 3]);
	at(out, zone, "    start", opened);
	buf_adds(out, "    until:\n      - finished\n");
	at(out, zone, "    at", opened + 3 * DAY);
	buf_adds(out, "...\n");
	head(out, zone, "assigned", 2, opened + 120, "lihua");
	buf_adds(out, "to: zhaoqiang\n...\n");
	head(out, zone, "quoted", 3, opened + 600, "wanggang");
	buf_adds(out, "price: \"120.00\"\n...\n");
	head(out, zone, "consented", 4, opened + 700, "wanggang");
	buf_adds(out, "signature: 王女士\n...\n");
	head(out, zone, "started", 5, opened + 800, "wanggang");
	buf_adds(out, "...\n");
	if (!settled && n % 2)
		return;
	int64_t done = opened + 4000;
	head(out, zone, "finished", 6, done, "lihua");
	buf_adds(
		out,
		"workers:\n  - wanggang\nwork: 疏通下水管道\nlabour: \"100.00\"\nmaterial: "
		"\"20.00\"\ncharge: \"120.00\"\n"
		"signature: 王女士\nopinion: 满意\nphone-seen: \"13900010001\"\ncallbacks:\n  - id: "
		"repair\n    rule: repair\n    clause: H2.C-7 H2.A-4\n");
	at(out, zone, "    start", done);
	at(out, zone, "    opens", done);
	at(out, zone, "    at", done + 3 * DAY);
	buf_adds(out, "    rate: \"1\"\n    minimum: \"0.30\"\n    who:\n      - desk\n...\n");
	head(out, zone, "closed", 7, done + 60, "lihua");
	buf_adds(out, "receipt: SJ-01\nresult: 管道已疏通，已向住户说明使用注意事项。\n...\n");
	if (!settled)
		return;
	head(out, zone, "callback", 8, done + DAY, "lihua");
	buf_adds(
		out,
		"signature: 王女士\nmanner: visit\nreached: true\ncallers:\n  - lihua\nanswer: "
		"satisfied\ngrades:\n  quality: 4\n"
		"  effect: 4\n  satisfaction: 5\nopinions: 来得快，修得好\nsettles:\n  - repair\n...\n");
}

static bool write_file(const char *path, const struct buf *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0664);
	bool done = fd >= 0 && write(fd, text->data, text->len) == (ssize_t)text->len;
	if (fd >= 0)
		close(fd);
	return done;
}

int main(int argc, char **argv)
{
	long count = argc > 1 ? strtol(argv[1], NULL, 10) : 0, daily = count / DAYS + 1;
	struct zone zone;
	struct err err = ERR_INIT;
	struct buf text, id, path, folder;
	struct civil last = {.year = 2026, .month = 11, .day = 20, .hour = 9};
	if (count < 1 || !zone_init(&zone, "Asia/Shanghai", &err)) {
		fprintf(stderr, "make-forms: give a number of forms\n");
		return 2;
	}
	buf_init(&text);
	buf_init(&id);
	buf_init(&path);
	buf_init(&folder);
	int64_t end = zone_instant(&zone, &last);
	for (long n = 0; n < count; n++) {
		long ago = DAYS - 1 - n / daily;
		int64_t opened = end - (int64_t)ago * DAY + (n % daily) * 20;
		struct civil day;
		zone_civil(&zone, opened, &day);
		buf_reset(&text);
		buf_reset(&id);
		buf_reset(&path);
		buf_reset(&folder);
		buf_addf(&id, "YL%02d%02d%02d%03ld", day.year % 100, day.month, day.day,
			 n % daily + 1);
		buf_addf(&folder, "tickets/%04d", day.year);
		mkdir("tickets", 0775);
		mkdir(folder.data, 0775);
		buf_addf(&folder, "/%02d", day.month);
		mkdir(folder.data, 0775);
		buf_addf(&path, "%s/%s.yaml", folder.data, id.data);
		form(&text, &zone, id.data, n, opened, ago > UNSETTLED_DAYS);
		if (!write_file(path.data, &text)) {
			fprintf(stderr, "make-forms: %s: %s\n", path.data, strerror(errno));
			return 5;
		}
	}
	zone_clear(&zone);
	buf_clear(&text);
	buf_clear(&id);
	buf_clear(&path);
	buf_clear(&folder);
	return 0;
}
