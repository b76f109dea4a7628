using MiniosBuild.Linking.Contracts;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Linking.Forecast;

/// <summary>Says what a link will do, and what is wrong with it, before the linker runs.</summary>
public static class LinkCheck
{
    /// <summary>Checks a link: MINIOS1620 to 1645, and damage as MINIOS1417 to 1419, 20xx and 21xx.</summary>
    public static LinkCheckResult Run(LinkCheckInput input)
    {
        LinkInput[] inputs = input.Script is { } text
            ? [new LinkInput(LinkParty.Guest, "script", input.ScriptPath, System.Text.Encoding.UTF8.GetBytes(text)) { IsScript = true }, .. input.Inputs]
            : [.. input.Inputs];
        LinkForecast forecast = LinkForecast.Make(inputs, new LinkSettings
        {
            Options = input.Options,
            Files = input.Files,
            LinkerNames = Array.Exists(inputs, file => file.IsScript)
                ? [.. LinkSettings.BuiltIn, .. input.Policy.AddedLinkerNames.Select(name => name.Text)]
                : input.Policy.LinkerNames,
        });
        return new LinkCheckResult(forecast, new LinkFindings(input, forecast).Find(), Libraries(forecast));
    }

    private static List<LinkedLibrary> Libraries(LinkForecast forecast)
    {
        var libraries = new List<LinkedLibrary>();
        var members = new Dictionary<LinkInput, int>(ReferenceEqualityComparer.Instance);
        foreach (LinkArchive archive in forecast.Archives)
        {
            members[archive.Input] = archive.Members.Count;
        }

        ILookup<(LinkParty, string), LinkObject> objects = forecast.Objects.ToLookup(owner => (owner.Party, owner.Library));
        foreach (var library in forecast.Line.Inputs.Where(file => file.Script is null && !file.IsSymbolsOnly).GroupBy(file => (file.Party, file.Library)))
        {
            ulong code = 0;
            foreach (LinkObject owner in objects[library.Key])
            {
                foreach (ElfSection section in owner.Elf?.Sections ?? [])
                {
                    code += (section.Flags & ElfSectionFlags.Executable) != 0 && !owner.IsDiscarded(section.Index) ? section.Size : 0;
                }
            }

            libraries.Add(new LinkedLibrary(
                library.Key.Party, library.Key.Library, objects[library.Key].Count(), library.Sum(file => members.GetValueOrDefault(file, 1)), code));
        }

        return libraries;
    }
}

/// <summary>What a check of a link says.</summary>
/// <param name="Forecast">What the linker would do.</param>
/// <param name="Findings">What is wrong, in a stable order: damage, missing names, collisions, machine code.</param>
/// <param name="Libraries">What the link takes of each library, in the order of the inputs.</param>
public sealed record LinkCheckResult(LinkForecast Forecast, IReadOnlyList<Finding> Findings, IReadOnlyList<LinkedLibrary> Libraries);
