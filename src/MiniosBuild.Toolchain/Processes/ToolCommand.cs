namespace MiniosBuild.Toolchain.Processes;

/// <summary>A program to start: never through a shell, its arguments a list.</summary>
/// <param name="Program">Absolute path of the executable.</param>
/// <param name="Arguments">One entry an argument, unquoted.</param>
/// <param name="WorkingDirectory">Absolute path of the folder it runs in.</param>
public sealed record ToolCommand(string Program, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>Form for logs: arguments with blanks or quotes are quoted.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(Quote));

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.IndexOfAny([' ', '\t', '\n', '"', '\'', '\\', '$', '`', '*', '?', '(', ')', '<', '>', '|', '&', ';']) < 0
            ? argument
            : "'" + argument.Replace("'", "'\\''") + "'";
}
