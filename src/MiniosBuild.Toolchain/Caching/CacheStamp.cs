using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MiniosBuild.Toolchain.Caching;

/// <summary>
/// The list of a cached folder's files, written into it last: size, digest and path of each. A folder without one, or
/// with files that are not as it says, is not what was built.
/// </summary>
internal static class CacheStamp
{
    private const string FileName = "minios.stamp";
    private const string Header = "minios-cache 1";
    private const string End = "end";

    /// <summary>Lists the files that are there now.</summary>
    public static void Write(string folder)
    {
        var text = new StringBuilder().Append(Header).Append('\n');
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{new FileInfo(file).Length} {Digest(file)} {Path.GetRelativePath(folder, file)}\n");
        }

        AtomicFile.Write(Path.Combine(folder, FileName), text.Append(End).Append('\n').ToString());
    }

    /// <summary>
    /// Says what is wrong with a folder; null when it is whole. Contents are read only of files that were written after the
    /// list was, or within the same tick of the file system's clock: those of others cannot have changed since.
    /// </summary>
    public static string? WhyDamaged(string folder)
    {
        var stamp = new FileInfo(Path.Combine(folder, FileName));
        string[] lines = stamp.Exists ? File.ReadAllLines(stamp.FullName) : [];
        if (lines.Length < 3 || lines[0] != Header || lines[^1] != End)
        {
            return $"its list of files, {FileName}, is {(stamp.Exists ? "damaged" : "missing")}";
        }

        return lines[1..^1].Select(l => WhyDamaged(folder, l, stamp.LastWriteTimeUtc)).FirstOrDefault(w => w is not null);
    }

    private static string? WhyDamaged(string folder, string line, DateTime listedUtc)
    {
        string[] fields = line.Split(' ', 3);
        if (fields.Length != 3 || !long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long size))
        {
            return $"its list of files, {FileName}, is damaged";
        }

        var file = new FileInfo(Path.Combine(folder, fields[2]));
        return !file.Exists ? $"{fields[2]} is missing"
            : file.Length != size || (file.LastWriteTimeUtc >= listedUtc && Digest(file.FullName) != fields[1]) ? $"{fields[2]} is not what was built"
            : null;
    }

    private static string Digest(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
