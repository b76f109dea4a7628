using System.Text;

namespace MiniosBuild.Toolchain.Files;

/// <summary>Splits an <c>AdditionalOptions</c> text: blanks and semicolons separate, double quotes keep together.</summary>
public static class OptionList
{
    public static IReadOnlyList<string> Split(string? text)
    {
        var options = new List<string>();
        var option = new StringBuilder();
        bool quoted = false, any = false;
        foreach (char c in text ?? "")
        {
            if (c == '"')
            {
                quoted = !quoted;
                any = true;
            }
            else if (!quoted && (char.IsWhiteSpace(c) || c == ';'))
            {
                Take();
            }
            else
            {
                option.Append(c);
            }
        }

        Take();
        return options;

        void Take()
        {
            if (any || option.Length > 0)
            {
                options.Add(option.ToString());
            }

            option.Clear();
            any = false;
        }
    }
}
