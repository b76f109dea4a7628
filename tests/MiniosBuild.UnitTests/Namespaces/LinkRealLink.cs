using System.Text.RegularExpressions;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What the machine's ld did with the files of a link.</summary>
internal sealed partial class LinkRealLink
{
    private LinkRealLink(IReadOnlyList<string> taken, string errors, ElfFile? image)
    {
        Taken = taken;
        Missing = [.. MissingText().Matches(errors).Select(match => match.Groups[1].Value)];
        Duplicates = [.. DuplicateText().Matches(errors).Select(match => match.Groups[1].Value)];
        Errors = errors;
        Image = image;
    }

    /// <summary>The names of objects and members, in the order in which ld took them.</summary>
    public IReadOnlyList<string> Taken { get; }

    public SortedSet<string> Missing { get; }

    public SortedSet<string> Duplicates { get; }

    public string Errors { get; }

    /// <summary>The image, made in spite of errors; null when ld would not even so.</summary>
    public ElfFile? Image { get; }

    /// <summary>Links files that are written to a folder first.</summary>
    /// <param name="inputs">The files of the command line.</param>
    /// <param name="options">What comes before them.</param>
    /// <param name="files">Files beside them, by name.</param>
    public static LinkRealLink Of(IReadOnlyList<LinkInput> inputs, IReadOnlyList<string> options, IReadOnlyDictionary<string, byte[]>? files = null)
    {
        using var folder = new TemporaryFolder();
        foreach ((string name, byte[] bytes) in files ?? new Dictionary<string, byte[]>())
        {
            File.WriteAllBytes(folder.File(name), bytes);
        }

        var arguments = new List<string>(options);
        int group = 0;
        foreach (LinkInput input in inputs)
        {
            if (input.Group != group)
            {
                arguments.AddRange(group == 0 ? [] : ["--end-group"]);
                arguments.AddRange(input.Group == 0 ? [] : ["--start-group"]);
                group = input.Group;
            }

            string path = Path.IsPathRooted(input.Path) ? input.Path : folder.File(input.Path);
            if (!Path.IsPathRooted(input.Path))
            {
                File.WriteAllBytes(path, input.Data.ToArray());
            }

            arguments.AddRange(input.IsWhole ? ["--whole-archive", path, "--no-whole-archive"] : [path]);
        }

        arguments.AddRange(group == 0 ? [] : ["--end-group"]);
        return Run(folder, arguments);
    }

    private static LinkRealLink Run(TemporaryFolder folder, IReadOnlyList<string> arguments)
    {
        string image = folder.File("image");
        var taken = new List<string>();
        (_, string errors) = RealTool.TryRun("ld", ["-static", "--noinhibit-exec", "-t", "-t", "-o", image, .. arguments], line =>
        {
            if (line.StartsWith('('))
            {
                taken.Add(line[(line.IndexOf(')', StringComparison.Ordinal) + 1)..]);
            }
            else if (line.EndsWith(".o", StringComparison.Ordinal))
            {
                taken.Add(Path.GetFileName(line));
            }
        });
        return new LinkRealLink(taken, errors, File.Exists(image) ? ElfFile.Parse(File.ReadAllBytes(image)) : null);
    }

    /// <summary>The eight bytes at a symbol of the image; 0 in memory that is zeroed; its value if it is absolute; null when there is no such symbol.</summary>
    public ulong? At(string name)
    {
        foreach (ElfSymbol symbol in Image!.Symbols)
        {
            if (symbol.Name == name && symbol.IsGlobal && symbol.IsDefined)
            {
                if (symbol.Placement != ElfSymbolPlacement.Section)
                {
                    return symbol.Value;
                }

                ElfSection section = Image.Sections[(int)symbol.SectionIndex];
                return section.HasContents
                    ? BitConverter.ToUInt64(Image.Contents(section.Index).Span[(int)(symbol.Value - section.Address)..])
                    : 0;
            }
        }

        return null;
    }

    [GeneratedRegex("undefined reference to [`']([^']+)'|required symbol `([^']+)' not defined")]
    private static partial Regex MissingText();

    [GeneratedRegex("multiple definition of [`']([^']+)'")]
    private static partial Regex DuplicateText();
}
