using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>The one matcher of names with wildcards, against regular expressions.</summary>
public sealed class WildcardPatternTests
{
    private static readonly Gen<string> s_patterns = Text("ab*?_");
    private static readonly Gen<string> s_names = Text("ab_");

    [Fact]
    public void A_pattern_fits_what_the_same_regular_expression_fits()
    {
        int fits = 0;
        Prop.ForAll((from texts in s_patterns.ListOf(4) from name in s_names select (Texts: texts.ToArray(), Name: name)).ToArbitrary(), drawn =>
        {
            (string[] texts, string name) = drawn;
            var patterns = new WildcardPatterns();
            foreach (string text in texts)
            {
                patterns.Add(Encoding.UTF8.GetBytes(text));
            }

            bool[] expected = [.. texts.Select(text => Regex.IsMatch(name, "^" + Regex.Escape(text).Replace("\\*", ".*").Replace("\\?", ".") + "$"))], marks = new bool[texts.Length];
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            patterns.Mark(bytes, marks);
            fits += expected.Contains(true) ? 1 : 0;
            return patterns.Matches(bytes) == expected.Contains(true) && expected.SequenceEqual(marks);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        Assert.InRange(fits, 300, 2700);
    }

    private static Gen<string> Text(string letters) =>
        from length in Gen.Choose(0, 7) from text in Gen.Elements(letters.ToCharArray()).ListOf(length) select string.Concat(text);
}
