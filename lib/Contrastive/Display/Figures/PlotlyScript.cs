namespace Contrastive.Display;

/// <summary>
/// plotly.js, embedded once in a notebook's output for every figure to use, so that figures need no network and updates stay small.
/// A lesson's start embeds it, again whenever that cell is rerun; without a lesson, the first figure does.
/// </summary>
internal static class PlotlyScript
{
    private static readonly Lock Lock = new();
    private static bool _offered;

    /// <summary>Writes the script to the output, if the host keeps one.</summary>
    public static void Offer()
    {
        lock (Lock)
        {
            var host = DisplayHost.Current;
            if (!host.Updates)
                return;
            _offered = true;
            host.Show(Guid.NewGuid().ToString("N"), new ScriptDisplay());
        }
    }

    /// <summary>The script for a figure to embed: empty if the notebook already has it.</summary>
    public static string Missing()
    {
        lock (Lock)
        {
            if (!_offered)
                Offer();
            if (_offered)
                return "";
            _offered = true;
            return Html();
        }
    }

    /// <summary>For tests: resets to the state at the start of a process.</summary>
    public static void Forget()
    {
        lock (Lock)
            _offered = false;
    }

    /// <summary>The script as an element. A page's module loader would capture plotly.js, so this scope hides it.</summary>
    internal static string Html() =>
        $"<script>if(!window.Plotly){{(function(define,exports,module){{{ChartsLibrary.Script()}\n}}).call(window);}}</script>";
}
