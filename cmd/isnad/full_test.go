package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"isnad/internal/demo"
)

// On a disk that is really full the program says so, keeps what it had, and goes
// on from there once there is room, to the bytes of a run that was never short.
func TestDiskFull(t *testing.T) {
	if out, err := exec.Command("unshare", "--user", "--map-root-user", "--mount", "true").CombinedOutput(); err != nil {
		t.Skipf("no small disk can be made here (%v %s); allow user namespaces, as root does", err, out)
	}
	program, dir := built(t), t.TempDir()
	reports, err := demo.Reports()
	if err != nil {
		t.Fatal(err)
	}
	var rows bytes.Buffer
	for copies := range 10 { // 430 articles, in batches of 128: the first batch fits
		for _, a := range reports {
			a.ID, a.URL = fmt.Sprintf("%s-%d", a.ID, copies), ""
			line, err := a.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			rows.Write(append(line, '\n'))
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "reports.jsonl"), rows.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	script := `
set -e
mkdir disk
mount -t tmpfs -o size=2500k tmpfs disk
if "$0" ingest --db disk/isnad.db reports.jsonl 2>said; then echo "not full"; exit 1; fi
grep -q "make room and run it again" said && grep -q "nothing of this batch was kept" said || { cat said; exit 1; }
"$0" doctor --db disk/isnad.db >/dev/null
"$0" status --db disk/isnad.db | grep -q '^articles     [1-9]'
mount -o remount,size=200m disk
"$0" ingest --db disk/isnad.db reports.jsonl 2>said
grep -q "more were in the store already" said || { cat said; exit 1; }
cp disk/isnad.db* .
`
	cmd := exec.Command("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, program)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	roomy := filepath.Join(dir, "roomy.db")
	if out, err := exec.Command(program, "ingest", "--db", roomy, filepath.Join(dir, "reports.jsonl")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !bytes.Equal(canon(t, program, filepath.Join(dir, "isnad.db")), canon(t, program, roomy)) {
		t.Error("other bytes than of a run that was never short of room")
	}
}
