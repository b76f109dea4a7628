namespace MiniosBuild.Toolchain.Compilation;

/// <summary>One source to compile into one object. All paths are absolute.</summary>
/// <param name="Source">The .c or .S file.</param>
/// <param name="Object">Where the object goes; its record lies beside it.</param>
/// <param name="Arguments">Everything but the source, <c>-c</c>, <c>-o</c> and the depfile options.</param>
public sealed record CompileUnit(string Source, string Object, IReadOnlyList<string> Arguments)
{
    /// <summary>Arguments for a source that turns out to have floating point in it; null where that is an error.</summary>
    public IReadOnlyList<string>? FloatingPointArguments { get; init; }

    public string Record => Object + ".step";
}
