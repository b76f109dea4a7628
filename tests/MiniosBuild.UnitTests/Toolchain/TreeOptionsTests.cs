using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class TreeOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ThePageOnTreesHasTheTableOfWhatTodaysCompilersNeed()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "trees.md"));
        string table = string.Concat(TreeOptions.ForTodaysCompilers.Select(o => $"| `{o.Option}` | {o.Reason} |\n"));

        Assert.Contains("| option | why |\n|---|---|\n" + table + "\n", page);
    }

    [Fact]
    public void ATreesOptionsStayButForWhatTheProjectDecides()
    {
        var recipe = Recipe("CFLAGS := -fno-builtin -Wall -Werror -Werror=format -O3 -g -fgnu89-inline -DX=1 -isystem include");

        Assert.Equal(
            ["-fno-builtin", "-Wall", "-fgnu89-inline", .. TreeOptions.ForTodaysCompilers.Select(o => o.Option), "-fcommon", "-m64", "-mgeneral-regs-only"],
            TreeOptions.Compiler(recipe, ["-m64", "-mgeneral-regs-only"], common: true, strict: false));
        Assert.Contains("-nostdinc", TreeOptions.Compiler(recipe, [], common: false, strict: true));
    }

    [Fact]
    public void EveryOptionIsTakenByTheCompilersHere()
    {
        string source = _folder.Write("a.c", "int f(void) { return 0; }\n");
        foreach (string compiler in new[] { "gcc", "clang" })
        {
            RealTool.Run(compiler, [.. TreeOptions.ForTodaysCompilers.Select(o => o.Option), "-Werror", "-c", source, "-o", _folder.File("a.o")]);
        }
    }

    [Fact]
    public void OldTreesMergeTentativeDefinitions()
    {
        Assert.True(TreeOptions.IsOfCommonAge(Recipe("CFLAGS := -Wall")));
        Assert.False(TreeOptions.IsOfCommonAge(Recipe("CFLAGS := -Wall -fno-common")));
    }

    [Fact]
    public void ATreeIsFoundBelowAFolderAndLinksAreNotFollowed()
    {
        foreach (string file in new[] { "fork/xen/kernel.c", "fork/xen/sched.c", "fork/xen/arch/x86/setup.c", "fork/other/kernel.c" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
            _folder.Write(file, "");
        }

        File.CreateSymbolicLink(_folder.File("fork/again"), _folder.File("fork/xen"));

        Assert.Equal([_folder.File("fork/xen")], TreePlaces.Find(_folder.Path));
        Assert.Contains($"did you mean {_folder.File("fork/xen")}?", TreePlaces.WhyNot(_folder.File("fork")));
        Assert.Equal("the folder does not exist", TreePlaces.WhyNot(_folder.File("none")));
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void OurQueueHeaderKeepsItsLists(string compiler)
    {
        string source = _folder.Write("lists.c", """
            #include <stddef.h>
            #include <sys/queue.h>
            struct item { int n; TAILQ_ENTRY(item) tail; LIST_ENTRY(item) list; STAILQ_ENTRY(item) chain; SLIST_ENTRY(item) single; };
            TAILQ_HEAD(tails, item);
            LIST_HEAD(lists, item);
            STAILQ_HEAD(chains, item);
            SLIST_HEAD(singles, item);
            #define CHECK(c) do { if (!(c)) return __LINE__ & 0xff; } while (0)
            int main(void)
            {
                struct tails tails = TAILQ_HEAD_INITIALIZER(tails);
                struct lists lists = LIST_HEAD_INITIALIZER(lists);
                struct chains chains = STAILQ_HEAD_INITIALIZER(chains);
                struct singles singles = SLIST_HEAD_INITIALIZER(singles);
                struct item items[5], *i, *next;
                int n = 0;
                for (int k = 0; k < 5; k++) {
                    items[k].n = k;
                    TAILQ_INSERT_TAIL(&tails, &items[k], tail);
                    LIST_INSERT_HEAD(&lists, &items[k], list);
                    STAILQ_INSERT_TAIL(&chains, &items[k], chain);
                    SLIST_INSERT_HEAD(&singles, &items[k], single);
                }
                TAILQ_FOREACH(i, &tails, tail) CHECK(i->n == n++);
                TAILQ_FOREACH_REVERSE(i, &tails, tails, tail) CHECK(i->n == --n);
                TAILQ_REMOVE(&tails, &items[4], tail);
                TAILQ_INSERT_HEAD(&tails, &items[4], tail);
                CHECK(TAILQ_LAST(&tails, tails) == &items[3] && TAILQ_FIRST(&tails) == &items[4]);
                for (i = TAILQ_FIRST(&tails); i != NULL; i = next) { next = TAILQ_NEXT(i, tail); TAILQ_REMOVE(&tails, i, tail); }
                CHECK(TAILQ_EMPTY(&tails));
                LIST_REMOVE(&items[2], list);
                n = 0;
                LIST_FOREACH_SAFE(i, &lists, list, next) { n += i->n; LIST_REMOVE(i, list); }
                CHECK(n == 8 && LIST_EMPTY(&lists));
                STAILQ_REMOVE(&chains, &items[4], item, chain);
                STAILQ_INSERT_TAIL(&chains, &items[4], chain);
                STAILQ_REMOVE_HEAD(&chains, chain);
                n = 0;
                STAILQ_FOREACH(i, &chains, chain) n = n * 10 + i->n;
                CHECK(n == 1234);
                SLIST_REMOVE(&singles, &items[3], item, single);
                SLIST_REMOVE_HEAD(&singles, single);
                CHECK(SLIST_FIRST(&singles) == &items[2]);
                return 0;
            }
            """);

        RealTool.Run(compiler, "-Wall", "-Werror", "-isystem", Path.Combine(Repository.Root, "build", "tree"), source, "-o", _folder.File("lists"));
        RealTool.Run(_folder.File("lists"));
    }

    private TreeRecipe Recipe(string flags)
    {
        Directory.CreateDirectory(_folder.File("tree"));
        _folder.Write("tree/Makefile", flags + "\nOBJS := kernel.o\nall: mini-os\nmini-os: $(OBJS)\n\tld -o $@ $^\n%.o: %.c\n\t$(CC) $(CFLAGS) -c $< -o $@\n");
        _folder.Write("tree/kernel.c", "");
        return TreeRecipe.Read(_folder.File("tree"), "x86", "x86_64", [])!;
    }
}
