namespace MiniosBuild.Toolchain.Files;

/// <summary>What became of the common symbols of a set.</summary>
/// <param name="Tentative">Names that several objects had, or a header.</param>
/// <param name="Objects">Absolute paths of the objects that were made anew.</param>
public sealed record AllocatedCommons(IReadOnlyList<string> Tentative, IReadOnlyList<string> Objects)
{
    /// <summary>Reads it; nothing when the file is missing or damaged.</summary>
    public static AllocatedCommons Load(string path) => RecordJson.Load(path, RecordJson.Default.AllocatedCommons) ?? new([], []);

    public void Save(string path) => RecordJson.Save(path, this, RecordJson.Default.AllocatedCommons);
}
