package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"isnad/internal/demo"
)

// built builds the program.
func built(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "isnad")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

// canon is what a store answers, as bytes.
func canon(t *testing.T, program, db string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, what := range []string{"claims", "events", "agreements", "transfers"} {
		out, err := exec.Command(program, what, "--db", db, "--format", "jsonl", "-q").Output()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		b.Write(out)
	}
	return b.Bytes()
}

// A program that is killed at any moment of an ingest, reading, writing or
// linking, and run again leaves the bytes of one that was never disturbed.
func TestKilledAnywhere(t *testing.T) {
	moments := 10
	if os.Getenv("ISNAD_LONG") != "" {
		moments = 50
	}
	dir := t.TempDir()
	input := filepath.Join(dir, "reports.jsonl")
	var rows bytes.Buffer
	reports, err := demo.Reports()
	if err != nil {
		t.Fatal(err)
	}
	// The reports under ten names: enough to be killed in the midst of.
	for copies := range 10 {
		for _, a := range reports {
			a.ID, a.URL = fmt.Sprintf("%s-%d", a.ID, copies), ""
			line, err := a.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			rows.Write(append(line, '\n'))
		}
	}
	if err := os.WriteFile(input, rows.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	program := built(t)
	began := time.Now()
	undisturbed := filepath.Join(dir, "undisturbed.db")
	if out, err := exec.Command(program, "ingest", "--db", undisturbed, input).CombinedOutput(); err != nil {
		t.Fatalf("ingest: %v\n%s", err, out)
	}
	whole := time.Since(began)
	want := canon(t, program, undisturbed)
	if !bytes.Contains(want, []byte(`"id":"e`)) {
		t.Fatal("no event to compare")
	}
	random := rand.New(rand.NewPCG(1, 2))
	db := filepath.Join(dir, "killed.db")
	for i := range moments {
		cmd := exec.Command(program, "ingest", "--db", db, input)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(whole))))
		cmd.Process.Kill()
		cmd.Wait()
		if i%5 < 4 { // four times on the same store, one after another
			continue
		}
		if out, err := exec.Command(program, "ingest", "--db", db, input).CombinedOutput(); err != nil {
			t.Fatalf("ingest again: %v\n%s", err, out)
		}
		if !bytes.Equal(canon(t, program, db), want) {
			t.Fatalf("after %d kills other bytes", i+1)
		}
		for _, suffix := range []string{"", "-wal", "-shm"} {
			os.Remove(db + suffix)
		}
	}
}
