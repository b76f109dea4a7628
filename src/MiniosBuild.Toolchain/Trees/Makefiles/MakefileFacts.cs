namespace MiniosBuild.Toolchain.Trees.Makefiles;

/// <summary>Where a variable's value comes from, in the order of precedence: a lower one never replaces a higher one.</summary>
public enum MakefileOrigin
{
    Default,
    Environment,
    File,
    CommandLine,
    Override,
}

/// <summary>A line of a makefile.</summary>
/// <param name="File">Absolute path; empty for what the reader was given.</param>
/// <param name="Line">1-based; 0 for what the reader was given.</param>
public sealed record MakefilePosition(string File, int Line)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}";
}

/// <summary>A variable as it is at the moment.</summary>
/// <param name="Value">Its text: expanded for a simple variable, as it is written for a recursive one.</param>
/// <param name="IsRecursive">Whether the text is expanded at each use.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Position">The first line that gave it a value.</param>
public sealed record MakefileVariable(string Value, bool IsRecursive, MakefileOrigin Origin, MakefilePosition Position);

/// <summary>An assignment that was read, whether or not it had an effect.</summary>
/// <param name="Name">The expanded name.</param>
/// <param name="RawName">The name as it is written, for example <c>src-$(CONFIG_X)</c>.</param>
/// <param name="Operator"><c>=</c>, <c>:=</c>, <c>?=</c>, <c>+=</c>, <c>!=</c> or define.</param>
/// <param name="RawValue">The value as it is written.</param>
/// <param name="Position">Its line.</param>
/// <param name="IsEvaluated">Whether it comes from a call of eval.</param>
public sealed record MakefileAssignment(string Name, string RawName, string Operator, string RawValue, MakefilePosition Position, bool IsEvaluated);

/// <summary>A rule; its targets and prerequisites are expanded, its recipe is not.</summary>
/// <param name="Targets">Its targets, or target patterns.</param>
/// <param name="Pattern">The target pattern of a static pattern rule; else null.</param>
/// <param name="Prerequisites">Its prerequisites, those that are only for the order included.</param>
/// <param name="Recipe">Its recipe's lines, without the tab.</param>
/// <param name="Position">Its first line.</param>
public sealed record MakefileRule(
    IReadOnlyList<string> Targets, string? Pattern, IReadOnlyList<string> Prerequisites, IReadOnlyList<(string Text, int Line)> Recipe, MakefilePosition Position);

/// <summary>What kind of thing the reader did not do as make would.</summary>
public enum MakefileNoteKind
{
    /// <summary>A command that would be run for its output; the output is empty here.</summary>
    Command,

    /// <summary>A required include that is not there.</summary>
    MissingInclude,

    /// <summary>The makefile's own error; make would stop there.</summary>
    Error,

    /// <summary>The makefile's own warning.</summary>
    Warning,

    /// <summary>The makefile's own message.</summary>
    Message,

    /// <summary>Something that the reader knows and does not follow.</summary>
    NotFollowed,
}

/// <summary>Something that was seen and not done as make would do it, or that the makefile says itself.</summary>
public sealed record MakefileNote(MakefileNoteKind Kind, string Text, MakefilePosition Position);
