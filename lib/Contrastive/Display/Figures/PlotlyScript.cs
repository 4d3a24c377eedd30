namespace Contrastive.Display;

/// <summary>
/// plotly.js, put once into a notebook's output and found there by every figure, so that figures need no network and updates stay small.
/// A lesson's start offers it, anew when that cell is run again; without that, the first figure brings it along.
/// </summary>
internal static class PlotlyScript
{
    private static readonly Lock Lock = new();
    private static bool _offered;

    /// <summary>Puts the script into the output, where the host keeps one.</summary>
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

    /// <summary>The script for a figure to carry itself: empty when the notebook has it already.</summary>
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

    /// <summary>For tests: as at the start of a process.</summary>
    public static void Forget()
    {
        lock (Lock)
            _offered = false;
    }

    /// <summary>The script as an element. Where a page has a module loader, plotly.js would hide in it: there are none in this scope.</summary>
    internal static string Html() =>
        $"<script>if(!window.Plotly){{(function(define,exports,module){{{ChartsLibrary.Script()}\n}}).call(window);}}</script>";
}
