using System.Text;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

/// <summary>A program for the old names of a small set, the set's headers in old and new names, and the table between them.</summary>
internal sealed class MigratedProgram : IDisposable
{
    private const string OldHeader = """
        #ifndef SCHED_H
        #define SCHED_H
        #define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
        #define PAGE_SIZE 4096
        typedef long long s_time_t;
        enum thread_state { RUNNING, SLEEPING };
        struct thread {
        	struct thread *next;
        	enum thread_state wake;
        	char name[16];
        };
        extern struct thread *idle_thread;
        void wake(struct thread *thread);
        void schedule(void);
        s_time_t NOW(void);
        #endif

        """;

    private const string Names = """
        # minios names 1: KIND OLD NEW
        macro PAGE_SIZE MINIOS_PAGE_SIZE
        function-macro ARRAY_SIZE MINIOS_ARRAY_SIZE
        function NOW minios_NOW
        function schedule minios_schedule
        function wake minios_wake
        variable idle_thread minios_idle_thread
        typedef s_time_t minios_s_time_t
        tag thread minios_thread
        tag thread_state minios_thread_state
        enumerator RUNNING MINIOS_RUNNING
        enumerator SLEEPING MINIOS_SLEEPING

        """;

    /// <summary>Uses every name of the set, and has members, locals, strings and comments that are spelled alike.</summary>
    public const string Guest = """
        /* Calls schedule() until wake() was called. */
        #include <mini-os/sched.h>
        #include "util.h"

        struct job { int wake; struct thread *thread; };

        static const char *const words[] = { "wake", "schedule" };

        static void run(struct job *job, s_time_t until)
        {
        	s_time_t schedule_at = NOW();
        	int thread = 0;

        	while (NOW() < until && job->thread->wake == SLEEPING) {
        		job->wake = thread++;	// wake counts
        		wake(job->thread);
        		schedule();
        	}
        	(void)schedule_at;
        }

        unsigned long start(void)
        {
        	struct job job = { .wake = 1, .thread = idle_thread };
        	char page[PAGE_SIZE];

        	run(&job, NOW() + LATER);
        	return ARRAY_SIZE(words) + sizeof(page);
        }

        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Writes the set, and the program into <c>src</c>.</summary>
    public MigratedProgram()
    {
        Write("set/share/minios/names.txt", Names);
        Write("old/mini-os/sched.h", OldHeader);
        RewrittenText header = SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(OldHeader), NameMap.Parse(Names, "names.txt"), new RewriteOptions());
        Write("set/include/mini-os/sched.h", Encoding.UTF8.GetString(header.Bytes));
        Write("src/guest.c", Guest);
        Write("src/util.h", "#define LATER ((s_time_t)PAGE_SIZE)\n");
    }

    public string Folder => _folder.Path;

    public string Write(string name, string text)
    {
        WriteBytes(name, Encoding.UTF8.GetBytes(text));
        return _folder.File(name);
    }

    public void WriteBytes(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllBytes(_folder.File(name), bytes);
    }

    public string Read(string name) => File.ReadAllText(_folder.File(name));

    public byte[] Bytes(string name) => File.ReadAllBytes(_folder.File(name));

    /// <summary>Runs <c>minios migrate --set set</c> in the folder.</summary>
    public Minios.Result Migrate(params IEnumerable<string> arguments) => Minios.Run(Folder, ["migrate", "--set", "set", .. arguments]);

    /// <summary>Compiles a source against the headers in old or new names; a warning is an error.</summary>
    public void MustCompile(string name, string headers) =>
        RealTool.Run("gcc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", _folder.File(headers), _folder.File(name));

    public void Dispose() => _folder.Dispose();
}
